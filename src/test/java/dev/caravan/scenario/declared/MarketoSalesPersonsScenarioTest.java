package dev.caravan.scenario.declared;

import java.util.Set;

/** Sales persons, by numbers of Marketo's. */
class MarketoSalesPersonsScenarioTest extends MarketoObjectsScenarioTest {

    @Override
    String object() {
        return "salespersons";
    }

    @Override
    String keyField() {
        return "externalSalesPersonId";
    }

    @Override
    String nameField() {
        return "lastName";
    }

    @Override
    Set<String> writes() {
        return Set.of("marketo.salespersons", "marketo.salespersons.delete");
    }
}
