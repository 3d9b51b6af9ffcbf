package io.twostep.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A planted fault: the statement that ends a job, with a model or without, does not ask whose the job is. */
final class Unfenced {

    private Unfenced() {}

    static TrainingJobs of(TrainingJobs jobs) {
        return (TrainingJobs) Proxy.newProxyInstance(
                TrainingJobs.class.getClassLoader(),
                new Class<?>[] {TrainingJobs.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("replace")) {
                        return replace(jobs, (TrainingJob) arguments[1]);
                    }
                    try {
                        return method.invoke(jobs, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean replace(TrainingJobs jobs, TrainingJob after) {
        TrainingJob found = jobs.find(after.id()).orElseThrow();
        List<JobTransition> transitions = new ArrayList<>(found.transitions());
        transitions.add(after.transitions().get(after.transitions().size() - 1));
        return jobs.replace(found, after.with(transitions));
    }
}
