using System.CommandLine;
using System.Text.Json;
using Splade.Cli.Health;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Says whether a model works here, and if not, why.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Argument<string> folder = Parameters.Folder();
        Option<bool> json = Parameters.Json("Print one JSON object: model, checks, docs_per_s, passed, reasons");
        var engine = new EngineParameters();
        var command = new Command(
            "doctor",
            $"Check a model: load and describe it, compare it with its {GoldenFile.Name}, test invariance, measure its speed. Exit code 0 is pass, 1 is fail")
        {
            folder, json,
        };
        engine.AddTo(command);
        return command.Runs(async (result, cancellationToken) =>
        {
            HealthReport report = await Checkup.RunAsync(result.GetRequiredValue(folder), engine.Read(result), cancellationToken).ConfigureAwait(false);
            string text = result.GetValue(json) ? JsonSerializer.Serialize(report, HealthJsonContext.Default.HealthReport) + "\n" : report.ToString();
            await StandardOutput.WriteAsync(text, cancellationToken).ConfigureAwait(false);
            return report.Passed ? ExitCodes.Done : ExitCodes.Failed;
        });
    }
}
