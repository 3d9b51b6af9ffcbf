package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.FullDisk;
import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Finds the {@link Fault} behind an exception. Repeats no message but our own. */
final class Faults {

    /**
     * SQL states of a database that cannot answer now: no connection, no resources, a lock or a conflict, shutting
     * down, a standby (PostgreSQL's appendix A), and H2's of one that cannot read or write, or has closed.
     */
    private static final Pattern AWAY =
            Pattern.compile("08.*|25006|40001|40P01|53.*|55P03|57.*|58.*|90028|90031|90098|90121|HY000");

    private Faults() {}

    static Fault of(Throwable failure) {
        if (failure instanceof ServiceException e) {
            return Fault.of(e);
        }
        if (failure instanceof InvalidValueException e) {
            return Fault.of(e);
        }
        if (failure instanceof HttpMessageNotReadableException e) {
            return e.getCause() == null
                    ? Fault.of(ErrorCode.MALFORMED_JSON, "A JSON body is required.")
                    : unreadable(e.getCause());
        }
        if (failure instanceof JacksonException e) {
            return unreadable(e);
        }
        if (failure instanceof MultipartException e) {
            return multipart(e);
        }
        if (failure instanceof SocketTimeoutException) {
            return Fault.of(ErrorCode.REQUEST_TIMEOUT);
        }
        if (failure instanceof BadRequestException) {
            return Fault.of(ErrorCode.MALFORMED_REQUEST);
        }
        if (failure instanceof InvalidParameterException) {
            return Fault.of(ErrorCode.MALFORMED_REQUEST, "The query cannot be decoded.");
        }
        SQLException sql = find(SQLException.class, failure);
        if (sql != null) {
            return ofDatabase(sql);
        }
        Fault ofArguments = ofArguments(failure);
        return ofArguments != null ? ofArguments : ofRouting(failure);
    }

    private static Fault ofDatabase(SQLException failure) {
        if (FullDisk.isBehind(failure)) {
            return Fault.of(ErrorCode.STORAGE_FULL);
        }
        boolean isAway = failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || AWAY.matcher(String.valueOf(failure.getSQLState())).matches();
        return Fault.of(isAway ? ErrorCode.STORAGE_UNAVAILABLE : ErrorCode.INTERNAL);
    }

    private static Fault unreadable(Throwable cause) {
        ServiceException ours = find(ServiceException.class, cause);
        if (ours != null) {
            return Fault.of(ours);
        }
        InvalidValueException invalid = find(InvalidValueException.class, cause);
        if (invalid != null) {
            return Fault.of(invalid);
        }
        if (find(SocketTimeoutException.class, cause) != null) {
            return Fault.of(ErrorCode.REQUEST_TIMEOUT);
        }
        return cause instanceof JacksonException json ? json(json) : Fault.of(ErrorCode.MALFORMED_JSON);
    }

    private static Fault json(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return Fault.of(ErrorCode.LIMIT_EXCEEDED, "A JSON limit is exceeded" + place(failure.getLocation()));
        }
        if (failure instanceof StreamReadException
                && failure.getOriginalMessage().startsWith("Duplicate")) {
            return Fault.of(
                    ErrorCode.DUPLICATE_FIELD, "A field stands twice in one object" + place(failure.getLocation()));
        }
        if (failure instanceof InvalidDefinitionException || failure instanceof ValueInstantiationException) {
            return Fault.of(ErrorCode.INTERNAL);
        }
        if (failure instanceof DatabindException) {
            return Fault.of(ErrorCode.INVALID_REQUEST, "The JSON has the wrong shape" + place(failure.getLocation()));
        }
        return Fault.of(ErrorCode.MALFORMED_JSON, "The JSON cannot be read" + place(failure.getLocation()));
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? "."
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static Fault multipart(MultipartException failure) {
        ServiceException ours = find(ServiceException.class, failure);
        if (ours != null) {
            return Fault.of(ours);
        }
        return failure instanceof MaxUploadSizeExceededException large && large.getMaxUploadSize() > 0
                ? Fault.of(new PayloadTooLargeException(large.getMaxUploadSize()))
                : Fault.of(
                        failure instanceof MaxUploadSizeExceededException
                                ? ErrorCode.PAYLOAD_TOO_LARGE
                                : ErrorCode.MALFORMED_MULTIPART);
    }

    private static @Nullable Fault ofArguments(Throwable failure) {
        if (failure instanceof MissingServletRequestParameterException e) {
            return Fault.parameter(e.getParameterName(), "is required");
        }
        if (failure instanceof MissingServletRequestPartException e) {
            return Fault.parameter(e.getRequestPartName(), "is required");
        }
        if (failure instanceof MissingRequestHeaderException e) {
            return Fault.parameter(e.getHeaderName(), "is required");
        }
        if (failure instanceof MethodArgumentTypeMismatchException e) {
            return e.getParameter().hasParameterAnnotation(PathVariable.class)
                    ? Fault.of(ErrorCode.NOT_FOUND)
                    : Fault.parameter(e.getName(), misfit(e.getRequiredType(), e.getValue()));
        }
        return null;
    }

    private static String misfit(@Nullable Class<?> type, @Nullable Object value) {
        String expected = type == null ? "another value" : Misfit.expected(type);
        return "must be " + expected + " but was " + Excerpt.quoted(String.valueOf(value));
    }

    private static Fault ofRouting(Throwable failure) {
        if (failure instanceof HttpRequestMethodNotSupportedException e) {
            String[] allowed = e.getSupportedMethods();
            String list = allowed == null ? "other methods" : String.join(", ", allowed);
            return Fault.of(ErrorCode.METHOD_NOT_ALLOWED, "This resource answers " + list + ".");
        }
        if (failure instanceof HttpMediaTypeNotSupportedException e) {
            return Fault.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be " + list(e.getSupportedMediaTypes()) + ".");
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException e) {
            return Fault.of(ErrorCode.NOT_ACCEPTABLE, "The answer can be " + list(e.getSupportedMediaTypes()) + ".");
        }
        return failure instanceof ErrorResponse e ? ofStatus(e.getStatusCode().value()) : Fault.of(ErrorCode.INTERNAL);
    }

    private static String list(Collection<MediaType> types) {
        return types.isEmpty()
                ? "something else"
                : types.stream().map(MediaType::toString).collect(Collectors.joining(" or "));
    }

    /** The fault of which nothing but the status is known. */
    static Fault ofStatus(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        if (known == null || known.is5xxServerError()) {
            return Fault.of(
                    known == HttpStatus.SERVICE_UNAVAILABLE ? ErrorCode.STORAGE_UNAVAILABLE : ErrorCode.INTERNAL);
        }
        return Fault.of(
                switch (known) {
                    case NOT_FOUND -> ErrorCode.NOT_FOUND;
                    case METHOD_NOT_ALLOWED -> ErrorCode.METHOD_NOT_ALLOWED;
                    case NOT_ACCEPTABLE -> ErrorCode.NOT_ACCEPTABLE;
                    case REQUEST_TIMEOUT -> ErrorCode.REQUEST_TIMEOUT;
                    case CONTENT_TOO_LARGE -> ErrorCode.PAYLOAD_TOO_LARGE;
                    case UNSUPPORTED_MEDIA_TYPE -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
                    default -> ErrorCode.MALFORMED_REQUEST;
                });
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
