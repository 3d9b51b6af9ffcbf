package io.twostep.crash;

/** {@link CrashMain} with a planted fault: it acknowledges some things before they are stored. */
public final class HastyMain {

    private HastyMain() {}

    public static void main(String[] arguments) {
        System.setProperty("crash.hasty", "true");
        CrashMain.main(arguments);
    }
}
