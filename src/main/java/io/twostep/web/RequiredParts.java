package io.twostep.web;

import java.lang.reflect.Executable;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** In a null-marked package, what a constructor or factory does not take as {@code @Nullable} must be in the JSON. */
final class RequiredParts extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter && parameter.getMember() instanceof Executable creator) {
            return isRequired(creator, parameter.getIndex());
        }
        return null;
    }

    private static @Nullable Boolean isRequired(Executable creator, int index) {
        return creator.getDeclaringClass().getPackage().isAnnotationPresent(NullMarked.class)
                ? !creator.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class)
                : null;
    }
}
