package dev.caravan.normalise;

import java.util.Optional;

/** One function of a pipe. Total and pure: it throws for no text. */
@FunctionalInterface
interface Step {

    /**
     * The text in this step's form.
     *
     * @param text not blank
     * @param country where the text belongs, as far as anybody said; only some steps look at it
     */
    Normalised apply(String text, Optional<String> country);
}
