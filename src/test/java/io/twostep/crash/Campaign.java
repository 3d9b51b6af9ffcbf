package io.twostep.crash;

/** How long tests run that could run for ever: a little in every build, and much with {@code -Pcampaigns}. */
public final class Campaign {

    private static final String PREFIX = "twostep.campaign.";

    private Campaign() {}

    /** How often a test does what it does: the system property {@code twostep.campaign.<what>}, or else the little. */
    public static int size(String what, int little) {
        return Integer.getInteger(PREFIX + what, little);
    }

    /** {@code twostep.campaign.seed}, or else another one each time; tests print it. */
    public static long seed() {
        return Long.getLong(PREFIX + "seed", System.nanoTime());
    }

    /** Prints what a test has done, in one line. */
    @SuppressWarnings("SystemOut")
    public static void report(String what, String result) {
        System.out.println("[campaign] " + what + ": " + result);
    }
}
