package io.twostep.web;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code Prefer} header (RFC 7240), as far as the service knows it: {@code wait=20} and {@code respond-async}.
 * Others, and what cannot be read, are passed over as the RFC wants. A controller method takes it as an argument.
 *
 * @param patience how long the client would wait for the end, cut to the server's cap; zero if it did not say
 * @param respondAsync whether the client would rather be answered at once
 */
public record Prefer(Duration patience, boolean respondAsync) {

    public static final String HEADER = "Prefer";
    public static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?");

    /** The value of {@code Preference-Applied}, if there was a preference. */
    public Optional<String> applied() {
        if (!patience.isZero()) {
            return Optional.of("wait=" + patience.toSeconds());
        }
        return respondAsync ? Optional.of("respond-async") : Optional.empty();
    }

    /**
     * Whether the client, which wanted to wait for an end, has it. One that did not is answered as if it were too early,
     * so that a request that is repeated later has the same answer.
     */
    public boolean isMet(boolean ended) {
        return ended && !patience.isZero();
    }

    static Prefer parse(Collection<String> headers, Duration cap) {
        List<String> preferences = headers.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(preference -> preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        Duration asked = preferences.stream()
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst() // of a preference that is repeated the first counts
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                .orElse(Duration.ZERO);
        return new Prefer(asked.compareTo(cap) > 0 ? cap : asked, preferences.contains("respond-async"));
    }
}
