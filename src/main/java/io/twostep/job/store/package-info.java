@NullMarked
package io.twostep.job.store;

import org.jspecify.annotations.NullMarked;
