@NullMarked
package io.twostep.training;

import org.jspecify.annotations.NullMarked;
