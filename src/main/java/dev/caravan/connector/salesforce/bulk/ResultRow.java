package dev.caravan.connector.salesforce.bulk;

/**
 * One row of a result file.
 *
 * @param join what the row is known by
 * @param id the record's id; empty if there is none
 * @param error empty but for refused rows
 */
record ResultRow(String join, String id, boolean created, String error) {}
