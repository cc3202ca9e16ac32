namespace Splade.Testing;

/// <summary>Where the tests find their files.</summary>
public static class Repository
{
    /// <summary>The folder that holds Splade.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Models => Path.Combine(Root, "models");

    public static string TestData => Path.Combine(Root, "tests", "Splade.AI.Tests", "TestData");

    /// <summary>The folder of large files beside the repository, or where SPLADE_SHARED says, or null where there is none.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>Makes it the working folder of the process: documents start their programs there.</summary>
    public static void Enter() => Environment.CurrentDirectory = Root;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Splade.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"No folder above {AppContext.BaseDirectory} holds Splade.sln. Run the tests from their build output.");
    }

    private static string? FindShared()
    {
        string folder = Environment.GetEnvironmentVariable("SPLADE_SHARED") ?? Path.Combine(Root, "..", "shared");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
