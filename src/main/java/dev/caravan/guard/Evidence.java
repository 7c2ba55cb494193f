package dev.caravan.guard;

import dev.caravan.contract.CheckResult;
import dev.caravan.contract.Contract;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything guards may look at: figures of one run, known before its first write.
 *
 * @param firstSync whether nothing was ever accepted for this mapping
 * @param liveRows live rows of the snapshot before this run
 * @param lastGoodRows rows of the last run that was delivered, if there is one
 * @param added planned adds
 * @param changed planned changes caused by the model
 * @param edited planned changes caused by a mapping edit
 * @param backfilled planned changes that fill a column the image lacks
 * @param renewed planned changes that send what is there already once more, before it expires
 * @param overdue rows for which it is time for that as well, and that wait for a later run
 * @param removed planned removals
 * @param gone keys that left the model, whatever is done about them
 * @param clearedByField planned changes of a field from a value to nothing
 * @param age how old the newest watermark is, if there is one
 */
public record Evidence(
        Contract contract,
        CheckResult check,
        boolean firstSync,
        long liveRows,
        Optional<Long> lastGoodRows,
        long added,
        long changed,
        long edited,
        long backfilled,
        long renewed,
        long overdue,
        long removed,
        long gone,
        Map<String, Long> clearedByField,
        Optional<Duration> age) {}
