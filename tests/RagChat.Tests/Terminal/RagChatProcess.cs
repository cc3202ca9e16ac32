using RagChat.Terminal;

namespace RagChat.Tests.Terminal;

/// <summary>Runs the real program as a child process, its input and output redirected.</summary>
internal static class RagChatProcess
{
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string input, params string[] arguments) =>
        ChildProcess.PipeAsync("dotnet", input, [Path.Combine(AppContext.BaseDirectory, "RagChat.dll"), "--store", ChatSettings.Memory, .. arguments]);
}
