# Builds the service and packs it to run as an ordinary user. Both bases have glibc, which DuckDB and OpenBLAS need.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
# Dependencies change seldom: fetched before the sources are copied, they stay in the cache when only code changes.
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B -ntp -DskipTests dependency:go-offline
COPY openapi.yaml ./
COPY src/main src/main
RUN ./mvnw -B -ntp -Dmaven.test.skip package \
    && java -Djarmode=tools -jar target/twostep-*.jar extract --layers --destination extracted \
    && mv extracted/application/twostep-*.jar extracted/application/twostep.jar
# The native libraries become files of the image, so that nothing large is unpacked at a start. They get the names under
# which they are looked for: OpenBLAS by JavaCPP, and by the linker for JavaCPP.
RUN mkdir native unpacked && cd unpacked \
    && for jar in ../extracted/dependencies/lib/openblas-*-linux-*.jar ../extracted/dependencies/lib/javacpp-*-linux-*.jar; do \
         jar xf "$jar" && rm "$jar"; \
       done \
    && find . -name 'lib*.so*' -exec mv {} ../native \; \
    && mv ../native/libopenblas.so.0 ../native/libopenblas_nolapack.so.0 \
    && ln -s libopenblas_nolapack.so.0 ../native/libopenblas_nolapack.so \
    && rm -r ./* \
    && duckdb=$(ls ../extracted/dependencies/lib/duckdb_jdbc-*.jar) \
    && jar xf "$duckdb" \
    && mv libduckdb_java.so_linux_* ../native/libduckdb_java.so \
    && jar cfm "$duckdb" META-INF/MANIFEST.MF .

FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 twostep \
    && useradd --uid 10001 --gid twostep --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin twostep \
    && install --directory --owner=twostep --group=twostep /data
WORKDIR /opt/twostep
# One layer each, the ones that change seldom first. The files stay root's: the service can read but not replace them.
COPY --from=build /build/native/ ./native/
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./
# One start up to the point where it would serve, for a cache of classes, loaded and profiled: a third of the CPU time
# of a start is saved. A JVM whose options do not suit the cache says so and goes on without it.
RUN java -XX:AOTCacheOutput=twostep.aot -Djava.library.path=native -Dspring.context.exit=onRefresh \
        -jar twostep.jar --twostep.data-dir=/tmp/training \
    && rm -r /tmp/training
USER 10001:10001

# Inside a container the loopback address would reach nobody; whoever publishes the port decides who may.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    TWOSTEP_DATA_DIR=/data
VOLUME /data
EXPOSE 8080

# The image has no curl; bash opens the connection itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]

# exec form: the JVM is process 1 and receives the signal to stop, so running requests end in order.
# JAVA_TOOL_OPTIONS adds options of the JVM.
ENTRYPOINT ["java", "-XX:AOTCache=twostep.aot", "-Djava.library.path=native", "-XX:MaxRAMPercentage=60", "-XX:+UseTransparentHugePages", "-XX:+ExitOnOutOfMemoryError", "-jar", "twostep.jar"]
