package io.twostep.web;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** JSON pointers (RFC 6901). */
final class Pointers {

    private Pointers() {}

    /** Whether both point to the same value, or one of them into the other's. */
    static boolean overlap(String a, String b) {
        return (a + "/").startsWith(b + "/") || (b + "/").startsWith(a + "/");
    }

    /** The pointer as the fragment of a URI, as in {@code #/layers/0/units}. */
    static String fragment(String pointer) {
        return "#" + UriUtils.encodeFragment(pointer, StandardCharsets.UTF_8);
    }
}
