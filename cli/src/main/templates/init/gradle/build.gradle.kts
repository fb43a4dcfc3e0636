plugins {
    java
}

group = "@package@"
version = "1.0-SNAPSHOT"

repositories {
    mavenLocal()
    mavenCentral()
}

dependencies {
    implementation("dev.runyard:runyard-sdk:@version@")
    runtimeOnly("dev.runyard:runyard-runner:@version@")
    testImplementation("org.junit.jupiter:junit-jupiter:6.0.3")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.withType<JavaCompile> {
    options.release = 21
    options.encoding = "UTF-8"
}

tasks.test {
    useJUnitPlatform()
}

// A bundle is a folder lib/ with the tasks' jar and all that it needs at run time.
tasks.register<Sync>("bundle") {
    from(tasks.jar, configurations.runtimeClasspath)
    into(layout.buildDirectory.dir("bundle/lib"))
}
