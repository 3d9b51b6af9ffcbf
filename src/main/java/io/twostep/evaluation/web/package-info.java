@NullMarked
package io.twostep.evaluation.web;

import org.jspecify.annotations.NullMarked;
