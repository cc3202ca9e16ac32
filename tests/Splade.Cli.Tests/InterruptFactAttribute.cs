using System.Globalization;

namespace Splade.Cli.Tests;

/// <summary>A test that interrupts a process as Ctrl+C does, and is skipped where interrupts are ignored.</summary>
/// <remarks>A process that a shell starts in the background, and all that it starts, ignores them.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";
    private const ulong Interrupt = 1UL << (2 - 1);

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no signals.";
        }
        else if (IsIgnored())
        {
            Skip = "Interrupts are ignored here, as in the background of a shell. Run the tests in the foreground.";
        }
    }

    private static bool IsIgnored() =>
        File.Exists(Status)
        && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is string mask
        && (ulong.Parse(mask[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
}
