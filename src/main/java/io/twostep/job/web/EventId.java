package io.twostep.job.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a job a follower has been told: the id of the last event, on the wire {@code t2.e120}. Whatever was told
 * in whatever order, what is left to tell follows from it.
 *
 * @param transitions how many of the job's transitions
 * @param epoch the last epoch, 0 for none
 */
record EventId(int transitions, int epoch) {

    static final EventId START = new EventId(0, 0);
    static final String HEADER = "Last-Event-ID";

    private static final Pattern FORM = Pattern.compile("t([0-9]{1,9})\\.e([0-9]{1,9})");

    /**
     * Reads what a client says it was told last.
     *
     * @param most transitions of the job
     * @throws ServiceException {@link ErrorCode#INVALID_HEADER}
     */
    static EventId parse(String header, int most) {
        Matcher form = FORM.matcher(header);
        if (form.matches() && Integer.parseInt(form.group(1)) <= most) {
            return new EventId(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
        }
        throw new ServiceException(
                ErrorCode.INVALID_HEADER,
                HEADER + " must be the id of an event of this job, as in t2.e120, but was " + Excerpt.quoted(header)
                        + ".");
    }

    EventId afterTransition() {
        return new EventId(transitions + 1, epoch);
    }

    EventId afterEpoch(int last) {
        return new EventId(transitions, last);
    }

    @Override
    public String toString() {
        return "t" + transitions + ".e" + epoch;
    }
}
