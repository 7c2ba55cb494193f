package dev.caravan.pipeline;

/**
 * How many rows have each of many values, by 64-bit hashes of them: about 15 bytes a value, since all members of an audience may be asked
 * about at once. Two values of one hash are counted as one; more than {@value #MOST} rows count as so many. One thread.
 */
final class RowCounts {

    private static final int MOST = 100;
    private static final int SMALLEST = 1 << 10;

    private long[] hashes = new long[SMALLEST];

    /** One more than what is counted; 0 where there is no hash. */
    private byte[] counts = new byte[SMALLEST];

    private int size;

    /** Has the rows with this value counted; whether they were not before. */
    boolean ask(long hash) {
        int place = place(hash);
        if (counts[place] > 0) {
            return false;
        }
        hashes[place] = hash;
        counts[place] = 1;
        size++;
        if (size * 3 > counts.length * 2) {
            grow();
        }
        return true;
    }

    /** One more row, if this value was asked for. */
    void add(long hash) {
        int place = place(hash);
        if (counts[place] > 0 && counts[place] <= MOST) {
            counts[place]++;
        }
    }

    /** Rows counted with this value; 0 if it was not asked for. */
    long of(long hash) {
        return Math.max(0, counts[place(hash)] - 1);
    }

    /** Begins to count anew, for the same values. */
    void restart() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (byte) Math.min(counts[i], 1);
        }
    }

    /** Where it is, or would be. */
    private int place(long hash) {
        int mask = counts.length - 1;
        int place = (int) (hash ^ (hash >>> 32)) & mask;
        while (counts[place] > 0 && hashes[place] != hash) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] before = hashes;
        byte[] counted = counts;
        hashes = new long[before.length * 2];
        counts = new byte[before.length * 2];
        for (int i = 0; i < before.length; i++) {
            if (counted[i] > 0) {
                int place = place(before[i]);
                hashes[place] = before[i];
                counts[place] = counted[i];
            }
        }
    }
}
