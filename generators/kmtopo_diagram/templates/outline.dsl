{% macro frame(box, indent) %}
{% if box.origin %}
{{ indent }}# from {{ box.origin }}
{% endif %}
{{ indent }}deploymentNode {{ box.label | structurizr }} {{ box.detail | structurizr }} {
{% for inner in box.frames %}
{{ frame(inner, indent ~ "  ") -}}
{% endfor %}
{% for one in box.things %}
{{ indent }}  containerInstance {{ one.name }}
{% endfor %}
{{ indent }}}
{% endmacro %}
# {{ header }}
workspace {{ outline.project | structurizr }} {{ outline.title | structurizr }} {
  model {
{% for one in outline.things %}
{% if one.origin %}
    # from {{ one.origin }}
{% endif %}
    {{ one.name }} = {{ "person" if one.form.value == "people" else "softwareSystem" }} {{ one.label | structurizr }} {{ one.tip | structurizr }}
{% endfor %}
    project = softwareSystem {{ outline.project | structurizr }} {
{% for one in outline.all_things() if one.is_inside %}
      # from {{ one.origin }}
      {{ one.name }} = container {{ one.label | structurizr }} {{ one.tip | structurizr }} {{ one.detail | structurizr }} {{ one.form.value | structurizr }}
{% endfor %}
    }
{% for link in outline.links %}
    {{ link.source }} -> {{ link.target }} {{ link.label | structurizr }}{% if link.optional %} "" "optional"{% endif %}

{% endfor %}
    deploymentEnvironment {{ outline.environment | structurizr }} {
{% for box in outline.frames %}
{{ frame(box, "      ") -}}
{% endfor %}
    }
  }
  views {
    deployment project {{ outline.environment | structurizr }} {{ outline.name | structurizr }} {
      include *
      autolayout {{ "lr" if outline.across else "tb" }}
    }
    styles {
      element "store" {
        shape Cylinder
      }
      relationship "optional" {
        style dashed
      }
    }
  }
}
