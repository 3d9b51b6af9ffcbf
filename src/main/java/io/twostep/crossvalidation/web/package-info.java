@NullMarked
package io.twostep.crossvalidation.web;

import org.jspecify.annotations.NullMarked;
