package io.twostep.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Says to the service what no decent HTTP client would say. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawHttp() {}

    /** What a caller does with the connection. */
    public interface Caller {
        void write(OutputStream out) throws IOException;
    }

    /** Sends a request to which nothing need be added and returns all that comes back before the connection closes. */
    public static String call(int port, String request) throws IOException {
        return call(port, out -> out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    public static String call(int port, Caller caller) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                caller.write(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (SocketException e) {
                // The service has had enough of it; its answer may still be there.
            }
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // Closed by force after the answer, since the request was not read to its end.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
