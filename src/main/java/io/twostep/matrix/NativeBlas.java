package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.twostep.natives.UnpackedLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;

/**
 * What came of loading OpenBLAS from JavaCPP's jar. JavaCPP unpacks and links the library, and calls it where numbers lie
 * outside of the heap; where they are arrays netlib does, because it hands them over without copying them.
 *
 * @param products on the native library, or null if there is none
 * @param failure why there is none, in one line, or null
 */
record NativeBlas(@Nullable Products products, @Nullable String failure) {

    /** The system property that hides the native library when it is {@code false}. */
    static final String SWITCH = "twostep.native-blas";

    static final String LIBRARY = openblas_nolapack.OPENBLAS_VERSION.strip();

    /** OpenBLAS's own; kernels of another processor take several times as long, and round otherwise. */
    private static final String KERNELS = "OPENBLAS_CORETYPE";

    private static final String FILE = "libopenblas_nolapack";

    private static final String NETLIB_LIBRARY = "dev.ludovic.netlib.blas.nativeLibPath";

    private static final String NETLIB_BRIDGE = "libnetlibblasjni";

    /** Held here, since a logger that nobody holds is collected, and its level with it. */
    private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib.blas");

    /** Loads the library, which takes up to a second; throws nothing, whatever happens. */
    static NativeBlas load() {
        if ("false".equalsIgnoreCase(System.getProperty(SWITCH))) {
            return new NativeBlas(null, "switched off by " + SWITCH + "=false");
        }
        try {
            BlasProducts products = new BlasProducts(open());
            return ProductsTrial.passes(products)
                    ? new NativeBlas(products, null)
                    : new NativeBlas(null, LIBRARY + " computes wrong products on this processor");
        } catch (Throwable failure) { // linkage errors come as errors, not as exceptions
            return new NativeBlas(null, reason(failure));
        }
    }

    /** The library, and the variable that chooses its kernels where the processor itself does not. */
    static String description() {
        String kernels = System.getenv(KERNELS);
        return kernels == null || kernels.isBlank() ? LIBRARY : LIBRARY + " with " + KERNELS + "=" + kernels;
    }

    private static BLAS open() throws IOException {
        Path library = link();
        // Several jobs and requests compute at once: each on the thread it has, none on threads of the library's own.
        openblas_nolapack.blas_set_num_threads(1);
        // The very file that JavaCPP linked: of another copy the line above would not have set the threads.
        System.setProperty(NETLIB_LIBRARY, library.toString());
        NETLIB.setLevel(Level.WARNING);
        BLAS blas = NativeBLAS.getInstance();
        UnpackedLibrary.forget(NETLIB_BRIDGE);
        return blas;
    }

    /** Links OpenBLAS from JavaCPP's jar, or if that is not there from the library path of the JVM. */
    private static Path link() throws IOException {
        NativeCache.choose();
        String bridge = Loader.load(openblas_nolapack.class); // null if it comes from the library path
        Optional<Path> library = bridge == null
                ? installed()
                : in(Path.of(bridge).toAbsolutePath().getParent());
        return library.orElseThrow(() -> new IOException("there is no " + FILE + " beside " + bridge));
    }

    private static Optional<Path> installed() throws IOException {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
            Optional<Path> found =
                    folder.isEmpty() ? Optional.empty() : in(Path.of(folder).toAbsolutePath());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The file is libopenblas_nolapack.so.0, .0.dylib or .dll, by platform. */
    private static Optional<Path> in(@Nullable Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(FILE))
                    .findFirst();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String name = cause.getClass().getSimpleName();
        return message == null
                ? name
                : name + ": " + message.lines().findFirst().orElse("");
    }
}
