package io.twostep.sample;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.twostep.web.LiveService;
import org.junit.jupiter.api.Test;

class SamplesTest extends LiveService {

    @Test
    void areThereOnAFirstStart() {
        api().get("/datasets?limit=500").then().body("items.name", hasItems("penguins", "vshape", "vnoise"));
        api().get("/datasets/penguins").then().body("rows", equalTo(344));
        api().get("/networks?limit=500").then().body("items.name", hasItems("perceptron", "hidden"));
    }
}
