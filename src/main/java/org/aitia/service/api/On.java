package org.aitia.service.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** With which methods a query parameter that a field holds may come. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface On {
  String[] value();
}
