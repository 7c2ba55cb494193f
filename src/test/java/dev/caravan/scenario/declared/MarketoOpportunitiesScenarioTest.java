package dev.caravan.scenario.declared;

import java.util.Set;

/** Opportunities, by GUIDs of Marketo's. */
class MarketoOpportunitiesScenarioTest extends MarketoObjectsScenarioTest {

    @Override
    String object() {
        return "opportunities";
    }

    @Override
    String keyField() {
        return "externalOpportunityId";
    }

    @Override
    String nameField() {
        return "name";
    }

    @Override
    Set<String> writes() {
        return Set.of("marketo.opportunities", "marketo.opportunities.delete");
    }
}
