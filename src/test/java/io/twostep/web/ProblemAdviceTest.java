package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
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
    void tellsADatabaseThatIsFullOrAwayFromAFaultOfOurs() {
        SQLException full = new SQLException("write failed", "HY000", new IOException("No space left on device"));
        assertThat(body(new UncategorizedSQLException("insert", "secret", full))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:storage-full");
        SQLException closed = new SQLException("The database has been closed", "90098");
        assertThat(body(new UncategorizedSQLException("insert", "secret", closed))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:storage-unavailable");
        assertThat(body(new CannotGetJdbcConnectionException("secret", new SQLTransientConnectionException("slow")))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:storage-unavailable");
        SQLException wrong = new SQLException("no such table", "42S02");
        assertThat(body(new BadSqlGrammarException("insert", "secret", wrong))
                        .get("type")
                        .stringValue())
                .isEqualTo("urn:problem:internal");
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
        assertThat(answer(new AsyncRequestNotUsableException("gone"), new MockHttpServletResponse()))
                .isNull();
        assertThat(answer(new IOException("Broken pipe"), new MockHttpServletResponse()))
                .isNull();
    }

    /** The server cuts the connection then. */
    @Test
    void addsNothingToAnAnswerThatIsOnItsWay() {
        MockHttpServletResponse begun = new MockHttpServletResponse();
        begun.setCommitted(true);
        Exception failure = new IllegalStateException("the disk is gone");

        assertThatThrownBy(() -> advice.answer(failure, request(), begun)).isSameAs(failure);
    }

    private JsonNode body(Exception failure) {
        return JSON.valueToTree(Objects.requireNonNull(answer(failure).getBody()));
    }

    private ResponseEntity<ProblemAnswer> answer(Exception failure) {
        return Objects.requireNonNull(answer(failure, new MockHttpServletResponse()));
    }

    private @Nullable ResponseEntity<ProblemAnswer> answer(Exception failure, MockHttpServletResponse response) {
        try {
            return advice.answer(failure, request(), response);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static MockHttpServletRequest request() {
        return new MockHttpServletRequest("POST", "/api/v1/things");
    }
}
