@NullMarked
package io.twostep.search.web;

import org.jspecify.annotations.NullMarked;
