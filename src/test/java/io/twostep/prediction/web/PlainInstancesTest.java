package io.twostep.prediction.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.Categorical;
import io.twostep.features.ClassTarget;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.Numeric;
import io.twostep.features.UnseenCategory;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelSchema;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.LoadedModels;
import io.twostep.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** The fast reader reads what the complete one reads, to the same inputs, and nothing else. */
class PlainInstancesTest {

    private static final int MOST_ROWS = 50;
    private static final int MUTANTS = 50_000;

    private static final JsonMapper JSON = Json.mapper();
    private static final LoadedModel MODEL = model();

    /** Pieces of which documents are made, and which are strewn into them. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            " ",
            "\n",
            "\t",
            "\f",
            "0",
            "-0",
            "1",
            "-",
            "+1",
            "7.25",
            "0.1e1",
            "1e5",
            "1E-7",
            "01",
            ".5",
            "1.",
            "NaN",
            "1e999",
            "0.12345678901234567",
            "123456789012345678901234567890",
            "null",
            "true",
            "false",
            "nul",
            "\"size\"",
            "\"co lor\"",
            "\"mass\"",
            "\"Größe\"",
            "\"red\"",
            "\"blue\"",
            "\"r\\u0065d\"",
            "\"gr\u00fcn\"",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"tab\there\"",
            "\"instances\"",
            "\"size\":1",
            "[1,\"red\",2,3]",
            "//",
            "\u0000",
            "\ufeff",
            "\u00e9");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[[1,\"red\",2,3]]}",
                "{\"instances\":[[1.5e3,null,-0.25,0],[null,\"blue\",1,1E2]]}",
                "{\"instances\":[{},{\"size\":1},{\"mass\":2,\"co lor\":\"red\",\"size\":null}]}",
                " { \"instances\" :\t[ [ 1 , \"red\" ,\r\n2 , 3 ] , { \"size\" : 1 , \"mass\" : 2 } ] }\n",
                "{\"instances\":[{\"co lor\":true},{\"co lor\":false},{\"co lor\":\" red \"}]}",
                "{\"instances\":[{\"co lor\":\"gr\u00fcn\"},{\"co lor\":\"\\u0072ed\"},{\"Gr\u00f6\u00dfe\":4}]}",
                "{\"instances\":[{\"size\":\"1.50\"},{\"size\":\" 2e3\"},{\"size\":\"NA\"},{\"co lor\":\"?\"}]}",
                "{\"instances\":[{\"co lor\":1.50},{\"co lor\":-7e2},{\"co lor\":1}]}",
                "{\"instances\":[{\"s\\u0069ze\":4},{\"co lor\":\"a\\\"b\\\\\"}]}",
            })
    void readsPlainBodiesLikeTheCompleteReader(String body) {
        byte[] json = bytes(body);

        assertThat(fast(json)).isNotNull().isEqualTo(complete(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"instances\":null}",
                "{\"instances\":[]}",
                "{\"instances\":[7]}",
                "{\"instances\":[[1]]}",
                "{\"instances\":[[1,\"red\",2,3,4]]}",
                "{\"instances\":[[1,\"red\",2,3],]}",
                "{\"instances\":[[1,\"red\",2,3]]",
                "{\"instances\":[[1,\"red\",2,3]]}}",
                "{\"instances\":[[1,\"red\",2,3]]} 1",
                "{\"instances\":[[1,\"red\",,3]]}",
                "{\"instances\":[[1,\"red\",2,3]],\"more\":1}",
                "{\"instances\":[{}],\"instances\":[{}]}",
                "{\"instances\":[{\"size\":1,\"size\":2}]}",
                "{\"instances\":[{\"size\":1,\"s\\u0069ze\":2}]}",
                "{\"instances\":[{\"sise\":1}]}",
                "{\"instances\":[{\"size\":\"x\"}]}",
                "{\"instances\":[{\"size\":true}]}",
                "{\"instances\":[{\"size\":[1]}]}",
                "{\"instances\":[{\"size\":1e999}]}",
                "{\"instances\":[{\"size\":1e300}]}",
                "{\"instances\":[{\"size\":01}]}",
                "{\"instances\":[{\"size\":+1}]}",
                "{\"instances\":[{\"size\":.5}]}",
                "{\"instances\":[{\"size\":NaN}]}",
                "{\"instances\":[{\"size\":1.}]}",
                "{\"instances\":[{\"size\":1,}]}",
                "{\"instances\":[{\"co lor\":\"a\tb\"}]}",
                "{\"instances\":[{\"co lor\":\"\\x\"}]}",
                "{\"instances\":[{\"co lor\":\"red}]}",
                "{\"instances\":[{\"co lor\":red}]}",
                "{\"instances\":[{\"co lor\":nul}]}",
                "{\"instances\":[{\"size\" 1}]}",
                "{'instances':[{}]}",
                "{\"instances\":[{}]}\u0000"
            })
    void leavesTheRestToTheCompleteReader(String body) {
        byte[] json = bytes(body);

        assertThat(fast(json)).isNull();
        assertThat(complete(json)).isNull();
    }

    @Test
    void readsNoNameThatOnlyLooksLikeAColumn() {
        LoadedModel odd = model("a\"b", "a\\nb");

        assertThat(fast(odd, bytes("{\"instances\":[{\"a\"b\":1}]}"))).isNull();
        assertThat(fast(odd, bytes("{\"instances\":[{\"a\\nb\":1}]}"))).isNull();
        assertThat(fast(odd, bytes("{\"instances\":[{\"a\\\"b\":1,\"a\\nb\":2}]}")))
                .isNull();
        assertThat(fast(odd, bytes("{\"instances\":[{\"a\\\"b\":1,\"a\\\\nb\":2}]}")))
                .containsExactly(1, 2);
    }

    /** Whatever a document is turned into: what the fast reader reads, the complete one reads too, and the same. */
    @Test
    void agreesWithTheCompleteReaderOnMutatedDocuments() {
        Random random = new Random(3);
        int read = 0;
        int leftToTheOther = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] json = bytes(mutant(random));
            if (random.nextInt(8) == 0) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
            float[] fast = fast(json);
            float[] complete = complete(json);
            if (fast != null) {
                read++;
                assertThat(fast).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(complete);
            } else if (complete != null) {
                leftToTheOther++;
            }
        }
        assertThat(read).isBetween(MUTANTS / 10, MUTANTS * 9 / 10);
        assertThat(leftToTheOther).isLessThan(MUTANTS / 1000);
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static String mutant(Random random) {
        StringBuilder json = new StringBuilder("{\"instances\":[");
        int rows = 1 + random.nextInt(3);
        for (int row = 0; row < rows; row++) {
            json.append(row == 0 ? "" : ",").append(random.nextBoolean() ? array(random) : object(random));
        }
        json.append("]}");
        for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
            int at = random.nextInt(json.length());
            int end = Math.min(json.length(), at + random.nextInt(3));
            json.replace(at, end, random.nextInt(3) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size())));
        }
        return json.isEmpty() ? " " : json.toString();
    }

    private static String array(Random random) {
        return "[" + number(random) + "," + text(random) + "," + number(random) + "," + number(random) + "]";
    }

    private static String object(Random random) {
        List<String> fields = List.of(
                "\"size\":" + number(random),
                "\"co lor\" : " + text(random),
                "\"mass\":" + number(random),
                "\"Größe\":" + number(random));
        int from = random.nextInt(4);
        return "{" + String.join(",", fields.subList(from, from + random.nextInt(5 - from))) + "}";
    }

    private static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextInt(100) - 50);
            case 2 -> String.valueOf(random.nextDouble());
            case 3 -> String.valueOf(random.nextFloat() * 1000);
            case 4 -> random.nextInt(10) + "e" + random.nextInt(5);
            default -> String.valueOf(Math.round(random.nextDouble() * 1e4) / 1e4);
        };
    }

    private static String text(Random random) {
        return List.of(
                        "7.50",
                        "\"NA\"",
                        "null",
                        "\"red\"",
                        "\"blue\"",
                        "\"gr\u00fcn\"",
                        "\"r\\u0065d\"",
                        "true",
                        "\"\"",
                        "\"other\"")
                .get(random.nextInt(10));
    }

    /** The inputs of all rows, or null if they are refused. */
    private static float @Nullable [] fast(byte[] json) {
        return fast(MODEL, json);
    }

    private static float @Nullable [] complete(byte[] json) {
        return inputs(MODEL, instances -> {
            try (JsonParser parser = JSON.createParser(json)) {
                new InstancesReader(parser, instances, UnknownColumns.REFUSE).read();
            }
        });
    }

    private static float @Nullable [] fast(LoadedModel model, byte[] json) {
        return inputs(model, instances -> {
            if (!new PlainInstances(json, instances, JSON).read()) {
                throw new ServiceException(ErrorCode.MALFORMED_JSON, "not plain");
            }
        });
    }

    private static float @Nullable [] inputs(LoadedModel model, Consumer<Instances> reading) {
        try (Instances instances = model.instances(MOST_ROWS, Reservation.UNCOUNTED)) {
            reading.accept(instances);
            return LoadedModels.inputs(instances);
        } catch (ServiceException | JacksonException e) {
            return null;
        }
    }

    /** A model whose inputs show its values: numbers as they are, a text by its category. */
    private static LoadedModel model() {
        return model(new FeatureEncoder(List.of(
                new Numeric("size", 0.5, 0, 1),
                new Categorical(
                        "co lor",
                        List.of("1", "7.50", "blue", "false", "gr\u00fcn", "red", "true"),
                        true,
                        UnseenCategory.OTHER),
                new Numeric("mass", 0.25, 0, 1),
                new Numeric("Größe", 0.125, 0, 1))));
    }

    private static LoadedModel model(String first, String second) {
        return model(new FeatureEncoder(List.of(new Numeric(first, 0, 0, 1), new Numeric(second, 0, 0, 1))));
    }

    private static LoadedModel model(FeatureEncoder features) {
        Network network = Network.of(
                NetworkSpec.hidden(LayerSpec.Dense.of(2, new Activation.Relu())),
                features.width(),
                new Task.Classes(2));
        return LoadedModels.of(
                new ModelSchema(features, new ClassTarget("label", List.of("no", "yes"))),
                network,
                Parameters.initialize(network, 1));
    }
}
