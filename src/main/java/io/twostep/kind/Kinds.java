package io.twostep.kind;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Families of records: a sealed interface with {@code @JsonTypeInfo}, and its permitted records with
 * {@code @JsonTypeName}.
 */
public final class Kinds {

    /** The field that names the kind. */
    public static final String FIELD = "type";

    private Kinds() {}

    /** The records of a family by their wire names, in the order of their declaration; empty if it is no family. */
    public static Map<String, Class<?>> of(Class<?> family) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        if (family.isInterface() && family.isSealed() && isKind(family)) {
            collect(family, kinds);
        }
        return kinds;
    }

    /** Whether the type is a kind without components: its name says everything. */
    public static boolean isBare(Class<?> type) {
        return type.isRecord() && isKind(type) && type.getRecordComponents().length == 0;
    }

    public static String nameOf(Class<?> kind) {
        JsonTypeName name = kind.getAnnotation(JsonTypeName.class);
        if (name == null) {
            throw new IllegalStateException(kind.getSimpleName() + " has no @JsonTypeName");
        }
        return name.value();
    }

    private static void collect(Class<?> family, Map<String, Class<?>> kinds) {
        for (Class<?> permitted : family.getPermittedSubclasses()) {
            if (permitted.isInterface()) {
                collect(permitted, kinds);
            } else {
                kinds.put(nameOf(permitted), permitted);
            }
        }
    }

    private static boolean isKind(Class<?> type) {
        if (type.isAnnotationPresent(JsonTypeInfo.class)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isKind(parent)) {
                return true;
            }
        }
        return false;
    }
}
