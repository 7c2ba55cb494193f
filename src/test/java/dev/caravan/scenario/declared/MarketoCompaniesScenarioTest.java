package dev.caravan.scenario.declared;

import java.util.Set;

/** Companies, by numbers of Marketo's. */
class MarketoCompaniesScenarioTest extends MarketoObjectsScenarioTest {

    @Override
    String object() {
        return "companies";
    }

    @Override
    String keyField() {
        return "externalCompanyId";
    }

    @Override
    String nameField() {
        return "company";
    }

    @Override
    Set<String> writes() {
        return Set.of("marketo.companies", "marketo.companies.delete");
    }
}
