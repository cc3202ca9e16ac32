using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splade.AI.Tools;

/// <summary>What a function's schema says beyond that of its method: names as models know them, and the limits of one set of options.</summary>
/// <param name="DefaultTop">What <c>top</c> is where a call does not say.</param>
/// <param name="MaxTop">The largest <c>top</c>.</param>
/// <param name="MaxDocuments">The most <c>documents</c>.</param>
internal readonly record struct ToolSchema(int DefaultTop, int MaxTop, int MaxDocuments)
{
    /// <summary>A parameter's name as models know it.</summary>
    public static string NameOf(string parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter);

    /// <summary>The schema of a method with these names and limits, without the null that stands for a default: models that see it allowed write it.</summary>
    public JsonElement ApplyTo(JsonElement schema)
    {
        var parameters = new JsonObject();
        foreach (JsonProperty parameter in schema.GetProperty("properties").EnumerateObject())
        {
            string name = NameOf(parameter.Name);
            parameters[name] = WithLimits(name, JsonNode.Parse(parameter.Value.GetRawText())!);
        }

        var function = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = parameters,
            ["required"] = new JsonArray([.. schema.GetProperty("required").EnumerateArray().Select(r => (JsonNode)NameOf(r.GetString()!))]),
        };
        return JsonElement.Parse(function.ToJsonString(ToolJson.Options));
    }

    private JsonNode WithLimits(string name, JsonNode parameter)
    {
        if (name == "top")
        {
            parameter["type"] = "integer";
            parameter["minimum"] = 1;
            parameter["maximum"] = MaxTop;
            parameter["default"] = DefaultTop;
        }
        else if (name == "documents")
        {
            parameter["minItems"] = 1;
            parameter["maxItems"] = MaxDocuments;
        }

        return parameter;
    }
}
