package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Wording;
import java.util.Optional;

/**
 * What is known of a row that was refused.
 *
 * @param errorClass its class, whatever the code; empty where the table of codes decides
 * @param rival the id of the record that stands against it
 */
public record Refuse(
        Optional<ErrorClass> errorClass,
        Optional<Wording> code,
        Optional<Wording> message,
        Optional<Wording> field,
        Optional<Wording> rival) {}
