package io.twostep.crash;

import io.twostep.storage.CommitsHeldBack;
import org.springframework.context.annotation.Import;

/** {@link CrashMain} with a planted fault: H2 writes commits half a second after they were acknowledged. */
@Import({CrashMain.class, CommitsHeldBack.class})
public class HoldingBackMain {

    private HoldingBackMain() {}

    public static void main(String[] arguments) {
        CrashMain.start(HoldingBackMain.class, arguments);
    }
}
