package io.twostep.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some items of a list, and where to go on.
 *
 * @param next what to send as {@code after} for the next page; null on the last
 */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {

    /**
     * A page of items that were asked for with one more than the page holds, {@link PageRequest#limitAndOne()}.
     *
     * @param id the id of an item, by which the list is ordered
     */
    public static <S, T> Page<T> of(List<S> found, PageRequest request, Function<S, String> id, Function<S, T> item) {
        boolean more = found.size() > request.limit();
        List<S> shown = more ? found.subList(0, request.limit()) : found;
        return new Page<>(shown.stream().map(item).toList(), more ? id.apply(shown.get(shown.size() - 1)) : null);
    }
}
