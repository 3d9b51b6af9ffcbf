package io.twostep.web;

/**
 * Who asks. A controller method takes it as an argument.
 *
 * @param name the address that the request came from, since nobody says yet who they are; 64 characters at most
 */
public record Caller(String name) {

    private static final int LONGEST = 64;

    static Caller at(String address) {
        return new Caller(address.length() > LONGEST ? address.substring(0, LONGEST) : address);
    }
}
