using System.Diagnostics;

namespace Splade.AI.Tests.TestData;

/// <summary>Makes a named pipe, which .NET cannot: whoever opens it waits for a writer who never comes.</summary>
public static class NamedPipe
{
    public static void Make(string path)
    {
        using Process make = Process.Start("mkfifo", path);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }
}
