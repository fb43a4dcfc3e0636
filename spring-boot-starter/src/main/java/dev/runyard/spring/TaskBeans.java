package dev.runyard.spring;

import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.discovery.DiscoveredTask;
import dev.runyard.worker.TaskSet;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the tasks among the beans, with the places of their definitions. */
final class TaskBeans {
    private final ConfigurableListableBeanFactory beans;

    TaskBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    TaskSet find(ProjectConfig project, String build) {
        List<DiscoveredTask> found = Stream.of(beans.getBeanNamesForType(Task.class))
                .map(this::found)
                .toList();
        return TaskSet.of(found, project, build);
    }

    private DiscoveredTask found(String name) {
        Task<?, ?> task = beans.getBean(name, Task.class);
        if (!beans.containsBeanDefinition(name)) {
            return new DiscoveredTask(task, "bean", name);
        }
        BeanDefinition definition = beans.getBeanDefinition(name);
        String factory = definition.getFactoryBeanName();
        Class<?> type = factory == null ? null : beans.getType(factory);
        String method = definition.getFactoryMethodName();
        return new DiscoveredTask(
                task, type == null ? "bean" : ClassUtils.getUserClass(type).getName(), method == null ? name : method);
    }
}
