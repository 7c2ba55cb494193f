package dev.caravan.sandbox.salesforce.bulk;

/** The life of a job. */
enum JobState {
    OPEN("Open"),
    UPLOAD_COMPLETE("UploadComplete"),
    IN_PROGRESS("InProgress"),
    ABORTED("Aborted"),
    JOB_COMPLETE("JobComplete"),
    FAILED("Failed");

    private final String word;

    JobState(String word) {
        this.word = word;
    }

    /** The state's name in the API. */
    String word() {
        return word;
    }

    /** Whether nothing more will happen to the job's rows. */
    boolean over() {
        return this == ABORTED || this == JOB_COMPLETE || this == FAILED;
    }
}
