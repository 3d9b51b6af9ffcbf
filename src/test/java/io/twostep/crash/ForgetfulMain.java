package io.twostep.crash;

import io.twostep.storage.ForgetfulStorage;
import org.springframework.context.annotation.Import;

/** {@link CrashMain} with planted faults: neither files nor folders nor commits are forced to the disk. */
@Import({CrashMain.class, ForgetfulStorage.class})
public class ForgetfulMain {

    private ForgetfulMain() {}

    public static void main(String[] arguments) {
        CrashMain.start(ForgetfulMain.class, arguments);
    }
}
