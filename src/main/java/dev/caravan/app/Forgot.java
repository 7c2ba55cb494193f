package dev.caravan.app;

import dev.caravan.mapping.MappingId;

/**
 * What became of a key that was forgotten.
 *
 * @param token what stands in its place in the books; {@code record} finds it under that
 * @param rows plan rows that it was taken out of
 * @param snapshot whether the snapshot knew it
 */
public record Forgot(MappingId mapping, String token, long rows, boolean snapshot) {}
