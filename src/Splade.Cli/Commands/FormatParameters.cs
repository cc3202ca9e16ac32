using System.CommandLine;
using System.Globalization;
using Splade.AI.VectorFormats;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The options for vectors in the format of an engine.</summary>
internal sealed class FormatParameters
{
    private readonly Option<SparseVectorFormat?> _format = Parameters.Choice(
        "--format",
        "Write what the bulk endpoint of an engine takes, or with --query the body of a search a line. The \"id\" or \"_id\" of a line is that of the "
            + "document, or else the number of the line",
        [.. SparseVectorFormat.All.Select(format => (format.Name, (SparseVectorFormat?)format))]);

    private readonly Option<string?> _index = new("--index")
    {
        Description = "The index, collection, namespace or document type, with --format [default: passages]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _field = new("--field")
    {
        Description = "The field that has the vector, with --format [default: splade]",
        HelpName = "NAME",
    };

    private readonly Option<int?> _top = Parameters.Number(
        "--top", "N", least: 1, "How many results a query asks for, with --format and --query [default: 10]");

    private readonly Option<float?> _ceiling = new("--ceiling")
    {
        Description = "The quantization_ceiling_ingest of the field, or with --query its quantization_ceiling_search, with --format opensearch "
            + "[default: 3, or 16]",
        HelpName = "WEIGHT",
        CustomParser = argument =>
        {
            string given = argument.Tokens[0].Value;
            if (!float.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out float ceiling) || !(ceiling > 0 && float.IsFinite(ceiling)))
            {
                argument.AddError($"--ceiling is '{given}', expected a number above 0.");
            }

            return ceiling;
        },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_format);
        command.Options.Add(_index);
        command.Options.Add(_field);
        command.Options.Add(_top);
        command.Options.Add(_ceiling);
    }

    /// <summary>The format, and its options without a vocabulary; null where lines are to be written as ever.</summary>
    /// <exception cref="CommandFailedException">There are options of a format, and no format.</exception>
    public FormatSettings? Read(ParseResult result)
    {
        Option[] ofFormats = [_index, _field, _top, _ceiling];
        if (result.GetValue(_format) is not SparseVectorFormat format)
        {
            Option? alone = ofFormats.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
            return alone is null ? null : throw new CommandFailedException($"{alone.Name} is given, but no format. Add --format NAME.");
        }

        var options = new SparseVectorFormatOptions();
        options.Index = result.GetValue(_index) ?? options.Index;
        options.Field = result.GetValue(_field) ?? options.Field;
        options.Top = result.GetValue(_top) ?? options.Top;
        options.DocumentCeiling = result.GetValue(_ceiling) ?? options.DocumentCeiling;
        options.QueryCeiling = result.GetValue(_ceiling) ?? options.QueryCeiling;
        return new FormatSettings(format, options);
    }
}
