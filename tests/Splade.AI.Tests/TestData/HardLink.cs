using System.Diagnostics;

namespace Splade.AI.Tests.TestData;

/// <summary>Gives a file a second name, which .NET cannot.</summary>
internal static class HardLink
{
    public static void Make(string path, string target)
    {
        using Process make = Process.Start("ln", [target, path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }
}
