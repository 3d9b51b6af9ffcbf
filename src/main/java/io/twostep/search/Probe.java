package io.twostep.search;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobSubmission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans trials to see what is wrong with a search, and tells it by the places of its request. */
final class Probe {

    private static final int MOST_PROBLEMS = 20;

    private final TrialPlanner trials;
    private final JobTemplate template;
    private final Space space;
    private final List<JobSubmission> planned = new ArrayList<>();
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private @Nullable ErrorCode code;

    Probe(TrialPlanner trials, JobTemplate template, Space space) {
        this.trials = trials;
        this.template = template;
        this.space = space;
    }

    void plan(Settings settings) {
        try {
            planned.add(trials.plan(template, settings, null));
        } catch (NowhereException e) {
            e.problems().forEach(problem -> note(ErrorCode.INVALID_REQUEST, problem.within("space")));
        } catch (InvalidValueException e) {
            e.problems().forEach(problem -> note(ErrorCode.INVALID_REQUEST, placed(problem)));
        } catch (ServiceException e) {
            if (e.problems().isEmpty()) {
                note(e.code(), new Problem("/job", String.valueOf(e.getMessage())));
            }
            e.problems().forEach(problem -> note(e.code(), placed(problem)));
        }
    }

    /** The trials that could be planned, in their order. */
    List<JobSubmission> planned() {
        return planned;
    }

    void throwIfAny() {
        if (code != null) {
            throw new ServiceException(
                    code, problems.values().stream().limit(MOST_PROBLEMS).toList());
        }
    }

    /** Of one place the first problem is enough: the others differ in the value. */
    private void note(ErrorCode found, Problem problem) {
        code = code == null ? found : code;
        problems.putIfAbsent(problem.pointer(), problem);
    }

    /** What is wrong with a value that is searched is wrong with the space. */
    private Problem placed(Problem problem) {
        String pointer = problem.pointer();
        return space.axes().keySet().stream()
                .filter(axis -> isBehind(axis, pointer))
                .findFirst()
                .map(axis -> Space.at(axis, detail(axis, problem)).within("space"))
                .orElseGet(() -> problem.within("job"));
    }

    /** Whether an axis has made the value at a pointer, or the object in which something is wrong or missing. */
    private boolean isBehind(String axis, String pointer) {
        return (pointer + "/").startsWith(axis + "/")
                || isMadeFor(axis, pointer)
                || isMadeFor(axis, pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
    }

    /** Whether an axis leads through an object that the job does not have. */
    private boolean isMadeFor(String axis, String pointer) {
        return axis.startsWith(pointer + "/")
                && JobTemplate.isPointer(pointer)
                && template.job().at(pointer).isMissingNode();
    }

    private static String detail(String axis, Problem problem) {
        return problem.pointer().equals(axis) ? problem.detail() : problem.pointer() + " " + problem.detail();
    }
}
