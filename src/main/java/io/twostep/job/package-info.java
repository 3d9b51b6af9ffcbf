@NullMarked
package io.twostep.job;

import org.jspecify.annotations.NullMarked;
