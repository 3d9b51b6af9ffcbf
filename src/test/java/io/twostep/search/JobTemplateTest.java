package io.twostep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.web.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class JobTemplateTest {

    private static final JsonNode ONE = JsonNodeFactory.instance.numberNode(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                | /batch_size        | {'batch_size':1}
                    {'batch_size':7}                  | /batch_size        | {'batch_size':1}
                    {}                                | /regularization/l2 | {'regularization':{'l2':1}}
                    {'stop':null}                     | /stop/patience     | {'stop':{'patience':1}}
                    {'optimizer':'adam'}              | /optimizer/beta1   | {'optimizer':{'type':'adam','beta1':1}}
                    {'network':{'layers':[{'units':2},{'units':3}]}} | /network/layers/1/units | {'network':{'layers':[{'units':2},{'units':1}]}}
                    {'network':{'layers':[{'activation':'elu'}]}} | /network/layers/0/activation/alpha | {'network':{'layers':[{'activation':{'type':'elu','alpha':1}}]}}
                    {}                                | /encoding/columns/a~1b~0c/numeric | {'encoding':{'columns':{'a/b~c':{'numeric':1}}}}
                    """)
    void putsValuesInTheirPlaces(String job, String pointer, String request) {
        JobTemplate template = new JobTemplate(json(job));

        assertThat(template.with(new Settings(Map.of(pointer, ONE)))).isEqualTo(json(request));
        assertThat(template.job()).isEqualTo(json(job));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'network':{'layers':[{}]}} | /network/layers/1/units | names element "1" of an array that has 1
                    {'network':{'layers':[{}]}} | /network/layers/-       | names element "-" of an array that has 1
                    {'network':{'layers':[{}]}} | /network/layers/00/units | names element "00" of an array that has 1
                    {'epochs':7}                | /epochs/x               | leads through "/epochs", which is 7
                    {'network':'hidden'}        | /network/layers/0/units | leads into a network that job only names: describe the network in job to search in it
                    """)
    void saysWhatLeadsNowhere(String job, String pointer, String detail) {
        assertThatThrownBy(() -> new JobTemplate(json(job)).with(new Settings(Map.of(pointer, ONE))))
                .isInstanceOfSatisfying(NowhereException.class, e -> {
                    assertThat(e.problems().get(0).pointer()).isEqualTo("/" + pointer.replace("/", "~1"));
                    assertThat(e.problems().get(0).detail()).isEqualTo(detail);
                });
    }

    @Test
    void readsTheStepsOfAPointer() {
        assertThat(JobTemplate.tokens("/a/~01/~1b/")).containsExactly("a", "~1", "/b", "");
    }

    private static JsonNode json(String text) {
        return Json.mapper().readTree(text.replace('\'', '"'));
    }
}
