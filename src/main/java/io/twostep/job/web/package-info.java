@NullMarked
package io.twostep.job.web;

import org.jspecify.annotations.NullMarked;
