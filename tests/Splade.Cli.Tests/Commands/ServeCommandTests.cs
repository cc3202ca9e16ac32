using System.Diagnostics;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class ServeCommandTests
{
    [InterruptFact]
    public async Task Serve_UntilItIsInterrupted_AnswersAndEndsWell()
    {
        using Process process = SpladeProcess.Start([], "serve", Files.Model, "--port", "0");
        string? line = await process.StandardError.ReadLineAsync();
        Assert.StartsWith("splade: Serving http://127.0.0.1:", line, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[2]) };
        Assert.Contains("splade-tiny", await client.GetStringAsync("info"), StringComparison.Ordinal);

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        Assert.Equal("splade: Stopping: what is under way is finished.\n", await process.StandardError.ReadToEndAsync());
    }

    [Theory]
    [InlineData(1, "SPLADE_NO_SUCH_KEY", "--api-key", "SPLADE_NO_SUCH_KEY")]
    [InlineData(1, "--max-concurrent", "--max-batch", "33", "--max-concurrent", "32")]
    [InlineData(1, "65535", "--port", "65536")]
    [InlineData(2, "0.0.0.0", "--host", "somewhere")]
    public async Task Serve_WithWrongSettings_SaysWhatIsWrong(int code, string part, params string[] arguments)
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(["serve", Files.Model, .. arguments]);

        Assert.Equal((code, ""), (exitCode, output));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }
}
