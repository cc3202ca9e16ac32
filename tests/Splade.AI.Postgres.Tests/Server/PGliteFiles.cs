using System.Diagnostics;

namespace Splade.AI.Postgres.Tests.Server;

/// <summary>The packages of the tests' server, installed by npm once for a user.</summary>
internal static class PGliteFiles
{
    private static readonly string Cache = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "splade.ai-tests", "pglite-0.5.14-0.0.15");

    private static readonly Lazy<string?> Installation = new(Install);

    /// <summary>Gets where they are.</summary>
    public static string Folder => Cache;

    /// <summary>Gets why they cannot be had; null if they are there.</summary>
    public static string? Unavailable => Installation.Value;

    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Cache, "node_modules", "@electric-sql", "pglite-pgvector")))
        {
            return Run("node", "--version") is null ? null : "There is no node on the PATH, and SPLADE_POSTGRES names no server.";
        }

        // Beside where they belong, then moved at once: another run of the tests may do the same.
        string folder = $"{Cache}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Server", "package.json"), Path.Combine(folder, "package.json"));
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

        // Where there is no network the tests are skipped soon, and not after npm's usual minutes.
        string[] soon = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000", "--fetch-timeout=60000"];
        if (Run(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", .. soon]) is { } problem)
        {
            Directory.Delete(folder, recursive: true);
            return $"SPLADE_POSTGRES names no server, and npm did not install PGlite: {problem}";
        }

        try
        {
            Directory.Move(folder, Cache);
        }
        catch (IOException) when (Directory.Exists(Cache))
        {
            Directory.Delete(folder, recursive: true);
        }

        return null;
    }

    /// <summary>What went wrong; null if nothing did.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {error.Result.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{program}: {e.Message}";
        }
    }
}
