// Packs ONNX Runtime for a feed that lacks it: `dotnet run eng/PackOnnxRuntime.cs -- artifacts/feed`. build.cs calls it where it is needed.
//
// An npm package carries Microsoft's C# sources and native libraries, under their MIT licence. What is packed of them gets the real
// package ids and version, so the projects reference what every other user's do.
#:property PublishAot=false

using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

const string Id = "Microsoft.ML.OnnxRuntime";
const string Version = "1.29.0";
const string NpmPackage = "com.github.asus4.onnxruntime";
const string NpmVersion = "0.4.9";
const string NpmSha512 = "064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16";

// What to extract, and where the native libraries go in the package.
Dictionary<string, string> nativeLibraries = new()
{
    ["linux-x64"] = "package/Plugins/Linux/x64/libonnxruntime.so",
    ["win-x64"] = "package/Plugins/Windows/x64/onnxruntime.dll",
    ["win-arm64"] = "package/Plugins/Windows/arm64/onnxruntime.dll",
    ["osx-arm64"] = "package/Plugins/macOS/arm64/libonnxruntime.dylib",
};

if (args is not [string feed])
{
    Console.Error.WriteLine("usage: dotnet run eng/PackOnnxRuntime.cs -- FOLDER");
    return 1;
}

string work = Path.Combine(feed, "packing");
try
{
    RequireKnownPlatform();
    DeleteFolder(work);
    Directory.CreateDirectory(work);
    Unpack(Download());
    WriteProjects();
    Pack(Path.Combine("managed", "Managed.csproj"));
    Pack(Path.Combine("native", "Native.csproj"));

    // Moved only when both are whole: a feed that was cut off half-way would look complete.
    foreach (string package in Directory.GetFiles(work, "*.nupkg"))
    {
        File.Move(package, Path.Combine(feed, Path.GetFileName(package)), overwrite: true);
    }

    return 0;
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine($"PackOnnxRuntime: {e.Message}");
    return 1;
}
finally
{
    DeleteFolder(work);
}

void RequireKnownPlatform()
{
    string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
    string platform = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    if (!nativeLibraries.ContainsKey(platform))
    {
        throw new InvalidOperationException($"{NpmPackage} has no library for {platform}, only for {string.Join(", ", nativeLibraries.Keys)}. "
            + $"Add a NuGet source that has {Id}: dotnet nuget add source ADDRESS");
    }
}

string Download()
{
    Say($"npm pack {NpmPackage}@{NpmVersion} (150 MB)");
    string[] npm = ["npm", "pack", $"{NpmPackage}@{NpmVersion}", "--silent"];
    try
    {
        Run(OperatingSystem.IsWindows() ? "cmd" : "npm", OperatingSystem.IsWindows() ? ["/c", .. npm] : npm[1..]);
    }
    catch (Win32Exception)
    {
        throw new InvalidOperationException("npm is needed to fetch ONNX Runtime here, and it is not on the PATH. "
            + $"Install Node.js with npm (version 18 or newer), or add a NuGet source that has {Id}: dotnet nuget add source ADDRESS");
    }

    string archive = Directory.GetFiles(work, "*.tgz").Single();
    using FileStream stream = File.OpenRead(archive);
    string sha512 = Convert.ToHexStringLower(SHA512.HashData(stream));
    return sha512 == NpmSha512 ? archive : throw new InvalidOperationException(
        $"{Path.GetFileName(archive)} has SHA-512 {sha512}, expected {NpmSha512}. It is not the package this project knows; nothing of it was used.");
}

void Unpack(string archive)
{
    Say("unpacking the C# sources and the native libraries");
    using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
    while (tar.GetNextEntry() is TarEntry entry)
    {
        if (DestinationOf(entry.Name) is string path)
        {
            path = Path.Combine(work, path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }
    }
}

string? DestinationOf(string entry)
{
    const string Sources = "package/Runtime/";
    if (entry.StartsWith(Sources, StringComparison.Ordinal))
    {
        string source = entry[Sources.Length..];
        return source.EndsWith(".cs", StringComparison.Ordinal) && !source.StartsWith("Training/", StringComparison.Ordinal) ? "managed/" + source : null;
    }

    if (entry is "package/LICENSE" or "package/ThirdPartyNotices.txt")
    {
        return Path.GetFileName(entry);
    }

    return nativeLibraries.Where(n => n.Value == entry).Select(n => $"native/runtimes/{n.Key}/native/{Path.GetFileName(entry)}").FirstOrDefault();
}

void WriteProjects()
{
    // These two keep this repository's own rules (warnings as errors, central versions) away from the packed sources.
    File.WriteAllText(Path.Combine(work, "Directory.Build.props"), "<Project />");
    File.WriteAllText(Path.Combine(work, "Directory.Packages.props"), "<Project />");

    // Without NET8_0_OR_GREATER: behind it are only experimental overloads, written for an older preview of System.Numerics.Tensors.
    File.WriteAllText(Path.Combine(work, "managed", "Managed.csproj"), Project($"{Id}.Managed", """
        <AssemblyName>Microsoft.ML.OnnxRuntime</AssemblyName><AllowUnsafeBlocks>true</AllowUnsafeBlocks>
        <DisableImplicitFrameworkDefines>true</DisableImplicitFrameworkDefines><DefineConstants>NET5_0_OR_GREATER;NETCOREAPP3_0_OR_GREATER</DefineConstants>
        """, """
        <Using Include="System.Reflection" /><PackageReference Include="System.Numerics.Tensors" Version="10.0.14" />
        """));
    File.WriteAllText(Path.Combine(work, "native", "Native.csproj"), Project(Id, """
        <IncludeBuildOutput>false</IncludeBuildOutput><NoPackageAnalysis>true</NoPackageAnalysis>
        """, $"""
        <None Include="runtimes/**" Pack="true" PackagePath="runtimes" /><PackageReference Include="{Id}.Managed" Version="{Version}" />
        """));
}

static string Project(string id, string properties, string items) => $"""
    <Project Sdk="Microsoft.NET.Sdk">
      <PropertyGroup>
        <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NoWarn>$(NoWarn);*</NoWarn><WarningLevel>0</WarningLevel>
        <PackageId>{id}</PackageId><Version>{Version}</Version><Authors>Microsoft</Authors><PackageLicenseFile>LICENSE</PackageLicenseFile>
        <PackageOutputPath>..</PackageOutputPath><RestoreAdditionalProjectSources>..</RestoreAdditionalProjectSources>
        {properties}
      </PropertyGroup>
      <ItemGroup>
        <None Include="../LICENSE;../ThirdPartyNotices.txt" Pack="true" PackagePath="/" />
        {items}
      </ItemGroup>
    </Project>
    """;

void Pack(string project)
{
    Say($"dotnet pack {project}");
    Run("dotnet", ["pack", project, "-c", "Release", "--nologo", "-v", "quiet"]);
}

// In the working folder, with the program's output going where this one's errors go.
void Run(string program, string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = work, RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.\n{output}");
    }
}

static void Say(string step) => Console.Error.WriteLine($"> {step}");

static void DeleteFolder(string folder)
{
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
}
