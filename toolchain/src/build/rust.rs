//! Building programs in Rust.
//!
//! The target is `riscv64imac-unknown-none-elf`, which rustup has ready-made. The machine
//! lacks the A of its name and has one hart: a pass of LLVM turns atomic accesses into
//! plain ones, so that libraries that use them work as they are. `core` and `alloc` are
//! built along where their source is installed, which makes programs smaller.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde::Deserialize;

use super::{
    BuildError, LINK_SCRIPT, Linked, Options, Progress, create_folder,
    tools::{self, MissingTool, Role, Tool},
    write_file,
};
use crate::{
    file,
    project::{Project, RustSource},
};

const TARGET: &str = "riscv64imac-unknown-none-elf";

/// Warnings of the compiler that flags of ours lead to: it has no stable way to ask for
/// what the machine can do.
const EXPECTED: &str = "unstable feature specified for `-Ctarget-feature`";

/// How variables of the environment begin that change what Cargo and compilers do. Projects are
/// built the same way whoever does it.
const IGNORED: [&str; 7] = [
    "CARGO_BUILD_",
    "CARGO_PROFILE_",
    "CARGO_TARGET_",
    "CARGO_UNSTABLE_",
    // Of build scripts that compile C.
    "CFLAGS",
    "TARGET_CFLAGS",
    "RUSTFLAGS",
];

/// Tables of Cargo's configuration that change the bytes of programs.
const CONFIGURED: [&str; 3] = ["profile", "env", "unstable"];

/// Where Cargo keeps what belongs to the user.
fn cargo_home() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// A Rust compiler that can build for the target.
struct Toolchain {
    rustc: Tool,
    cargo: PathBuf,
    sysroot: PathBuf,
    /// Whether the source of `core` is there, to be built along.
    builds_core: bool,
}

impl Toolchain {
    /// Finds one: `RUSTC`, or one on `PATH`, which may be rustup's, or Debian's.
    fn find(project: &Project, progress: &Progress<'_>) -> Result<Self, MissingTool> {
        let named = env::var_os("RUSTC").map(PathBuf::from);
        let is_named = named.is_some();
        let debian = (!is_named).then(|| PathBuf::from("/usr/bin/rustc"));
        let candidates = named
            .into_iter()
            .chain((!is_named).then(|| tools::on_path("rustc")).into_iter().flatten());
        let mut error = MissingTool { role: Role::Rust };
        let mut usable = Vec::new();
        for path in candidates.chain(debian) {
            match Self::inspect(&path, &project.folder) {
                Ok(_) => usable.push(path),
                Err(role) if role == Role::RustCore => error.role = role,
                Err(_) => {}
            }
        }
        let rustc = tools::choose("rustc", usable, &project.tools, progress).ok_or(error)?;
        Self::inspect(&rustc.path, &project.folder)
            .map(|(cargo, sysroot, builds_core)| Self { rustc, cargo, sysroot, builds_core })
            .map_err(|role| MissingTool { role })
    }

    /// The Cargo, the folder of the compiler at `rustc` and whether that has the source of
    /// `core`, or what it lacks.
    fn inspect(rustc: &Path, folder: &Path) -> Result<(PathBuf, PathBuf, bool), Role> {
        let cargo = rustc.with_file_name("cargo");
        let output = Command::new(rustc).args(["--print", "sysroot"]).current_dir(folder).output();
        let output = output.map_err(|_| Role::Rust)?;
        if !output.status.success() || !cargo.is_file() {
            return Err(Role::Rust);
        }
        let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        let rustlib = sysroot.join("lib/rustlib");
        let builds_core = rustlib.join("src/rust/library/core").is_dir();
        if builds_core || rustlib.join(TARGET).is_dir() {
            Ok((cargo, sysroot, builds_core))
        } else {
            Err(Role::RustCore)
        }
    }

    /// Cargo, to be run in `folder`.
    fn cargo(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(folder).env("RUSTC", &self.rustc.path);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if IGNORED.iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        // Incremental builds have other bytes. An empty name is that of no wrapper, whatever
        // Cargo's configuration says.
        command.env("CARGO_INCREMENTAL", "0");
        command.env("RUSTC_WRAPPER", "").env("RUSTC_WORKSPACE_WRAPPER", "");
        // `-Z` options of a compiler that is not a nightly one.
        command.env("RUSTC_BOOTSTRAP", "1");
        command
    }
}

/// What `cargo metadata` says, as far as it matters.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// None if programs are made of it.
    kind: Option<String>,
    path: Option<PathBuf>,
    source: Option<String>,
}

impl Metadata {
    /// Whether all that the packages depend on is one of them.
    fn is_closed(&self) -> bool {
        let is_member = |path: &Path| {
            let manifest = path.join("Cargo.toml");
            self.packages.iter().any(|package| package.manifest_path == manifest)
        };
        let mut dependencies = self.packages.iter().flat_map(|package| &package.dependencies);
        dependencies.all(|dependency| {
            dependency.source.is_none() && dependency.path.as_deref().is_some_and(is_member)
        })
    }

    /// Where dependencies lie that are outside of the workspace, by name. Cargo names these
    /// by their path, and the compiler sorts functions by such names.
    fn outside(&self) -> BTreeMap<&str, &Path> {
        let dependencies = self.packages.iter().flat_map(|package| &package.dependencies);
        dependencies
            .filter(|dependency| dependency.kind.as_deref() != Some("dev"))
            .filter_map(|dependency| Some((&*dependency.name, dependency.path.as_deref()?)))
            .filter(|(_, path)| self.is_outside(path))
            .collect()
    }

    /// Files that tell Cargo how to compile and lie outside of the workspace: above it, or with
    /// what belongs to the user.
    fn configuration_outside(&self) -> BTreeSet<PathBuf> {
        let above = self.workspace_root.ancestors().skip(1).map(|folder| folder.join(".cargo"));
        let folders = above.chain(cargo_home());
        let files = folders.flat_map(|it| ["config.toml", "config"].map(|name| it.join(name)));
        let says_how = |path: &PathBuf| {
            let text = file::read(path).ok().and_then(|text| String::from_utf8(text).ok());
            let table = text.and_then(|text| text.parse::<toml::Table>().ok());
            // Flags and targets are overridden.
            table.is_some_and(|table| CONFIGURED.iter().any(|name| table.contains_key(*name)))
        };
        files.filter(says_how).collect()
    }

    fn is_outside(&self, path: &Path) -> bool {
        !path.starts_with(&self.workspace_root)
    }
}

impl Package {
    fn has_programs(&self) -> bool {
        self.targets.iter().any(Target::is_program)
    }

    /// Folders that source comes from, with the name of the package there.
    fn places(&self) -> impl Iterator<Item = (&Path, &str)> {
        let own = self.targets.iter().filter_map(|target| target.src_path.parent());
        let dependencies = self.dependencies.iter();
        let dependencies = dependencies.filter_map(|it| Some((it.path.as_deref()?, &*it.name)));
        own.map(|path| (path, &*self.name)).chain(dependencies)
    }
}

impl Target {
    fn is_program(&self) -> bool {
        self.kind.iter().any(|kind| kind == "bin")
    }
}

/// What Cargo says on the way, a line each.
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Made { target: Target, executable: Option<PathBuf> },
    #[serde(rename = "compiler-message")]
    Said { message: Diagnostic },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    rendered: Option<String>,
}

/// Builds the programs of a Rust project.
pub(super) fn build(
    project: &Project,
    source: &RustSource,
    options: &Options,
    progress: &Progress<'_>,
) -> Result<Vec<Linked>, BuildError> {
    let toolchain = Toolchain::find(project, progress)?;
    let lld = tools::lld(&project.tools, progress)?;
    let metadata = read_metadata(&toolchain, project)?;
    for (name, path) in metadata.outside() {
        progress(&format!(
            "warning: {name} is in {}, outside of the workspace {}: bytes of programs will depend \
             on the folder that they are built in; move it inside",
            path.display(),
            metadata.workspace_root.display()
        ));
    }
    for path in metadata.configuration_outside() {
        progress(&format!(
            "warning: {} says how Cargo compiles, outside of the workspace {}: bytes of programs \
             will depend on it; move what the project needs inside",
            path.display(),
            metadata.workspace_root.display()
        ));
    }
    let support = metadata.target_directory.join("verdict");
    create_folder(&support)?;
    let link_script = support.join("link.ld");
    write_file(&link_script, LINK_SCRIPT.as_bytes())?;
    let flags = flags(project, source, &toolchain, &lld, &metadata, &link_script);
    let chosen = if options.packages.is_empty() { &source.packages } else { &options.packages };
    let packages = choose_packages(&metadata, &project.folder, chosen)?;
    let mut programs = Vec::new();
    for package in packages {
        progress(&format!("building {}", package.name));
        let mut command = toolchain.cargo(&project.folder);
        command.args(["build", "--quiet", "--release", "--bins", "--target", TARGET]);
        command.arg("--message-format=json").arg("--manifest-path").arg(&package.manifest_path);
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
        set_c_compiler(&mut command, project);
        if toolchain.builds_core {
            command.arg("-Zbuild-std=core,alloc");
            // What the source of `core` depends on may lie beside it. A project that needs
            // nothing else from a registry does without one, and without a network.
            let beside = toolchain.sysroot.join("lib/rustlib/src/rust/library/vendor");
            if beside.is_dir() && metadata.is_closed() {
                let config = format!("source.beside.directory={:?}", beside.display().to_string());
                command.args(["--config", "source.crates-io.replace-with='beside'"]);
                command.args(["--config", &config]);
            }
        }
        if options.locked {
            command.arg("--locked");
        }
        for (name, path) in run_cargo(&toolchain, command, package, progress)? {
            programs.push(Linked { name, elf: file::read(&path)? });
        }
    }
    Ok(programs)
}

fn read_metadata(toolchain: &Toolchain, project: &Project) -> Result<Metadata, BuildError> {
    let mut command = toolchain.cargo(&project.folder);
    command.args(["metadata", "--no-deps", "--format-version=1"]).stderr(Stdio::inherit());
    let output = command
        .output()
        .map_err(|source| BuildError::Start { path: toolchain.cargo.clone(), source })?;
    let path = project.folder.join("Cargo.toml");
    if !output.status.success() {
        let what = path.display().to_string();
        return Err(BuildError::Failed { tool: "cargo".to_owned(), what });
    }
    serde_json::from_slice(&output.stdout).map_err(|source| BuildError::Metadata { path, source })
}

/// The packages that are asked for; if none are, the one in `folder`, or else all that
/// have programs.
fn choose_packages<'a>(
    metadata: &'a Metadata,
    folder: &Path,
    names: &[String],
) -> Result<Vec<&'a Package>, BuildError> {
    let with_programs = metadata.packages.iter().filter(|package| package.has_programs());
    let mut packages: Vec<_> = with_programs.collect();
    let here = folder.join("Cargo.toml");
    if !names.is_empty() {
        if let Some(name) = names.iter().find(|&name| packages.iter().all(|p| p.name != *name)) {
            return Err(BuildError::NoPackage { name: name.clone() });
        }
        packages.retain(|package| names.contains(&package.name));
    } else if metadata.packages.iter().any(|package| package.manifest_path == here) {
        packages.retain(|package| package.manifest_path == here);
    }
    if packages.is_empty() {
        return Err(BuildError::NoPrograms { folder: folder.to_owned() });
    }
    Ok(packages)
}

/// What is told to the compiler in any case.
fn flags(
    project: &Project,
    source: &RustSource,
    toolchain: &Toolchain,
    lld: &Tool,
    metadata: &Metadata,
    link_script: &Path,
) -> Vec<String> {
    let bits = if project.has_bit_manipulation() { ",+zba,+zbb,+zbc,+zbs" } else { "" };
    let mut flags = vec![
        format!("-Clinker={}", lld.path.display()),
        "-Clinker-flavor=ld.lld".to_owned(),
        format!("-Clink-arg=-T{}", link_script.display()),
    ];
    flags.extend(
        [
            "-Clink-arg=-n",
            "-Clink-arg=--build-id=none",
            "-Clink-arg=--gc-sections",
            "-Crelocation-model=static",
            "-Ccode-model=medium",
            "-Cforce-unwind-tables=no",
            "-Cpasses=lower-atomic",
        ]
        .map(str::to_owned),
    );
    flags.push(format!("-Ctarget-feature=-a,+relax,+unaligned-scalar-mem{bits}"));
    // No path of this machine gets into a program. Of several that fit, the last counts.
    let home = cargo_home();
    let outside = metadata.packages.iter().flat_map(Package::places);
    let outside = outside.filter(|(path, _)| metadata.is_outside(path));
    let outside = outside.map(|(path, name)| (path.to_owned(), format!("/project/{name}")));
    let remapped = outside.chain(home.map(|home| (home, "/cargo".to_owned()))).chain([
        (toolchain.sysroot.clone(), "/rust".to_owned()),
        (metadata.workspace_root.clone(), "/project".to_owned()),
    ]);
    flags.extend(remapped.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())));
    flags.extend(source.flags.iter().cloned());
    flags
}

/// Names the C compiler for build scripts that ask for one. A project may do without, so
/// it is not missed here.
fn set_c_compiler(command: &mut Command, project: &Project) {
    if let Ok(compiler) = tools::c_compiler(&project.tools, &|_| {}) {
        let target = TARGET.replace('-', "_");
        command.env(format!("CC_{target}"), &compiler.path);
        if compiler.name().starts_with("clang") {
            command.env("CLANG", &compiler.path);
        }
    }
}

/// Runs Cargo and gives the programs that it makes.
fn run_cargo(
    toolchain: &Toolchain,
    mut command: Command,
    package: &Package,
    progress: &Progress<'_>,
) -> Result<Vec<(String, PathBuf)>, BuildError> {
    let not_started = |source| BuildError::Start { path: toolchain.cargo.clone(), source };
    let failed = || BuildError::Failed { tool: "cargo".to_owned(), what: package.name.clone() };
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(not_started)?;
    let mut programs = Vec::new();
    let lines = child.stdout.take().map(BufReader::new);
    for line in lines.into_iter().flat_map(BufReader::lines).map_while(Result::ok) {
        // Build scripts may print lines that are none of Cargo's.
        match serde_json::from_str(&line).unwrap_or(Message::Other) {
            Message::Made { target, executable: Some(path) } => {
                if target.is_program() {
                    programs.push((target.name, path));
                }
            }
            Message::Said { message } if !message.message.starts_with(EXPECTED) => {
                progress(message.rendered.as_deref().unwrap_or(&message.message).trim_end());
            }
            Message::Made { .. } | Message::Said { .. } | Message::Other => {}
        }
    }
    let status = child.wait().map_err(not_started)?;
    if status.success() { Ok(programs) } else { Err(failed()) }
}
