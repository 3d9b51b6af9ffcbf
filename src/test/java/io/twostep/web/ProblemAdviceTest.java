package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Objects;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemAdviceTest {

    private static final JsonMapper JSON = Json.mapper();

    private final ProblemAdvice advice = new ProblemAdvice();

    @Test
    void tellsNothingOfWhatIsOurFaultButWhereToLookItUp() {
        Exception failure =
                new IllegalStateException("select * from secret in /home/me", new IOException("also secret"));

        JsonNode first = body(failure);
        JsonNode second = body(failure);

        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "trace_id");
        assertThat(first.get("type").stringValue()).isEqualTo("urn:problem:internal");
        assertThat(first.get("status").intValue()).isEqualTo(500);
        assertThat(first.toString()).doesNotContain("secret", "home", "Exception");
        assertThat(first.get("trace_id")).isNotEqualTo(second.get("trace_id"));
    }

    @Test
    void saysWhatAServiceExceptionSays() {
        JsonNode body = body(new ServiceException(
                ErrorCode.INCOMPATIBLE_DATASET, "It does not fit.", List.of(new Problem("/target", "is constant"))));

        assertThat(body.toString()).isEqualTo("""
                {"type":"urn:problem:incompatible-dataset","title":"The dataset does not fit the request.","status":422,\
                "detail":"It does not fit.","instance":"/api/v1/things",\
                "errors":[{"pointer":"#/target","detail":"is constant"}]}""");
    }

    @Test
    void namesTheParameterWhereAParameterIsWrong() {
        JsonNode body = body(
                new ServiceException(ErrorCode.INVALID_PARAMETER, List.of(new Problem("limit", "must be an integer"))));

        assertThat(body.get("errors").toString())
                .isEqualTo("[{\"parameter\":\"limit\",\"detail\":\"must be an integer\"}]");
    }

    @Test
    void countsTheProblemsOfAValue() {
        JsonNode body = body(new InvalidValueException(List.of(new Problem("/a", "x"), new Problem("", "y"))));

        assertThat(body.get("detail").stringValue()).isEqualTo("There are 2 problems.");
        assertThat(body.at("/errors/1/pointer").stringValue()).isEqualTo("#");
    }

    @Test
    void escapesAndCutsWhatItRepeats() {
        JsonNode body = body(new ServiceException(ErrorCode.NOT_FOUND, "a\r\nb" + "x".repeat(5000)));

        assertThat(body.get("detail").stringValue())
                .startsWith("a\\u000d\\u000ab")
                .hasSize(1001);
    }

    @Test
    void invitesToComeBackWhereThatHelps() {
        assertThat(answer(new ServiceException(ErrorCode.QUEUE_FULL, "full"))
                        .getHeaders()
                        .containsHeader("Retry-After"))
                .isTrue();
        assertThat(answer(new ServiceException(ErrorCode.NAME_TAKEN, "taken"))
                        .getHeaders()
                        .containsHeader("Retry-After"))
                .isFalse();
    }

    @Test
    void tellsTheLimitThatABodyBroke() {
        assertThat(body(new PayloadTooLargeException(1024)).get("max_bytes").intValue())
                .isEqualTo(1024);
        assertThat(body(new MaxUploadSizeExceededException(2048))
                        .get("max_bytes")
                        .intValue())
                .isEqualTo(2048);
        assertThat(answer(new MaxUploadSizeExceededException(-1))
                        .getStatusCode()
                        .value())
                .isEqualTo(413);
    }

    @Test
    void findsItsOwnWordsInsideAMultipartFailure() {
        assertThat(body(new MultipartException("no boundary")).get("type").stringValue())
                .isEqualTo("urn:problem:malformed-multipart");
        assertThat(body(new MultipartException("cut", new PayloadTooLargeException(1)))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:payload-too-large");
    }

    @Test
    void readsWhatAStreamingReaderThrows() {
        Exception malformed = catchException(() -> JSON.readTree("{\"a\":}"));

        assertThat(body(malformed).get("type").stringValue()).isEqualTo("urn:problem:malformed-json");
    }

    @Test
    void blamesTheSenderOfABodyThatDoesNotArrive() {
        assertThat(body(new SocketTimeoutException()).get("type").stringValue())
                .isEqualTo("urn:problem:request-timeout");
        assertThat(body(new BadRequestException("Invalid chunk header"))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:malformed-request");
    }

    @Test
    void saysNothingToAClientThatHasGone() {
        assertThat(advice.answer(new AsyncRequestNotUsableException("gone"), request()))
                .isNull();
        assertThat(advice.answer(new IOException("Broken pipe"), request())).isNull();
    }

    private JsonNode body(Exception failure) {
        return JSON.valueToTree(Objects.requireNonNull(answer(failure).getBody()));
    }

    private ResponseEntity<ProblemAnswer> answer(Exception failure) {
        @Nullable ResponseEntity<ProblemAnswer> answer = advice.answer(failure, request());
        return Objects.requireNonNull(answer);
    }

    private static MockHttpServletRequest request() {
        return new MockHttpServletRequest("POST", "/api/v1/things");
    }
}
