using System.Runtime.InteropServices;

namespace Splade.AI.Onnx;

/// <summary>ONNX Runtime's own telemetry: its released builds keep an identifier in the user's folder, and report to Microsoft unless told not to.</summary>
internal static partial class OnnxRuntimeTelemetry
{
    /// <summary>The variable of the environment that it looks at when it is started, and never again.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    private const string Off = "1";

    /// <summary>Turns it off before it is started, unless the variable says otherwise: whoever has set that has decided.</summary>
    /// <returns>Whether it is off.</returns>
    public static bool TurnOff()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        string value = string.IsNullOrWhiteSpace(chosen) ? Off : chosen;

        // To the native environment: on Unix, .NET keeps what a program sets to itself.
        int failure = OperatingSystem.IsWindows() ? PutOnWindows(Variable, value) : PutOnUnix(Variable, value, overwrite: 1);
        return failure == 0
            ? IsOff(value)
            : throw new InsufficientMemoryException($"{Variable} could not be set, so ONNX Runtime was not started. Set it in the environment of the process.");
    }

    // The words that it takes for yes.
    private static bool IsOff(string value) => value.Trim().ToUpperInvariant() is Off or "TRUE" or "YES" or "ON" or "Y";

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutOnUnix(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_wputenv_s", StringMarshalling = StringMarshalling.Utf16)]
    private static partial int PutOnWindows(string name, string value);
}
